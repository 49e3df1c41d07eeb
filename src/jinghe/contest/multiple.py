"""Several likely values for every missing figure (多重插补), so that what is not known can be carried to the ranks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.stream import open_stream

__all__ = ["draw_imputations"]

_BURN, _APART = 20, 5  # Gibbs rounds before the first draw and between draws

_Array = NDArray[np.float64]


def draw_imputations(figures: _Array, *, draws: int, seed: int) -> _Array:
    """Draw complete matrices from a normal model of all columns by data augmentation.

    Columns are standardised. In turn: Σ | data ~ inverse Wishart(m + 2 + n, I + S) and μ | Σ ~ N(x̄, Σ/n), with S
    the scatter of the completed rows; then the missing cells of each row given its observed ones,
    N(μ_a + Σ_ab Σ_bb⁻¹ (x_b − μ_b), Σ_aa − Σ_ab Σ_bb⁻¹ Σ_ba). The prior, inverse Wishart(m + 2, I), pulls
    correlations to 0, so that it works with fewer cities than indicators. Draws are cut to the observed range of
    their column, so that no imputed figure becomes the end of a scale.

    Args:
        figures: shape (n, m), NaN where missing; not needed to be normal, but drawn as if.
        draws: number of matrices d.
        seed: any integer; the same seed gives the same draws.
    Returns:
        Shape (d, n, m). Observed cells are unchanged; a row without any figure, and a column with fewer than two
        different figures, stay NaN where they are missing.
    Source: Schafer (1997), Analysis of Incomplete Multivariate Data, ch. 5. Assumption: missing at random.
    """
    known = ~np.isnan(figures)
    mean, spread = _moments(figures, known)
    rows, columns = np.flatnonzero(known.any(axis=1)), np.flatnonzero(spread > 0)
    found = np.broadcast_to(figures, (draws, *figures.shape)).copy()
    block = np.ix_(rows, columns)
    if known[block].all():
        return found
    seen = known[block]
    z = np.where(seen, (figures[block] - mean[columns]) / np.where(spread > 0, spread, 1.0)[columns], 0.0)
    low, high = (np.where(seen, z, sign * np.inf).min(axis=0) if sign > 0 else np.where(seen, z, -np.inf).max(axis=0)
                 for sign in (1, -1))  # fmt: skip
    rng = open_stream(seed, "imputation")
    for number in range(_BURN + draws * _APART):
        z = _augment(z, seen, rng)
        if number >= _BURN and (number - _BURN) % _APART == 0:
            drawn = np.where(seen, z, np.clip(z, low, high)) * spread[columns] + mean[columns]
            one = found[(number - _BURN) // _APART]
            one[block] = np.where(seen, figures[block], drawn)
    return found


def _moments(figures: _Array, known: NDArray[np.bool_]) -> tuple[_Array, _Array]:
    count = known.sum(axis=0)
    mean = np.where(known, figures, 0.0).sum(axis=0) / np.maximum(count, 1)
    spread = np.sqrt((np.where(known, figures - mean, 0.0) ** 2).sum(axis=0) / np.maximum(count - 1, 1))
    return mean, np.where(spread > 1e-12 * np.abs(mean), spread, 0.0)


def _augment(z: _Array, seen: NDArray[np.bool_], rng: np.random.Generator) -> _Array:
    """One Gibbs round: parameters given the completed figures, then the missing figures given the parameters."""
    n, m = z.shape
    mean = z.mean(axis=0)
    scatter = np.eye(m) + (z - mean).T @ (z - mean)
    covariance = _draw_inverse_wishart(scatter, m + 2 + n, rng)
    centre = mean + np.linalg.cholesky(covariance) @ rng.standard_normal(m) / np.sqrt(n)
    filled = z.copy()
    for row in np.flatnonzero(~seen.all(axis=1)):
        here, gone = seen[row], ~seen[row]
        pull = np.linalg.solve(covariance[np.ix_(here, here)], covariance[np.ix_(here, gone)])
        rest = covariance[np.ix_(gone, gone)] - covariance[np.ix_(gone, here)] @ pull
        noise = np.linalg.cholesky((rest + rest.T) / 2) @ rng.standard_normal(int(gone.sum()))
        filled[row, gone] = centre[gone] + (z[row, here] - centre[here]) @ pull + noise
    return filled


def _draw_inverse_wishart(scatter: _Array, freedom: int, rng: np.random.Generator) -> _Array:
    """Bartlett: with S⁻¹ = L Lᵀ and A lower triangular, A_ii² ~ χ²(ν − i), A_ij ~ N(0, 1), Σ = ((L A)(L A)ᵀ)⁻¹."""
    m = len(scatter)
    triangle = np.tril(rng.standard_normal((m, m)), -1)
    triangle[np.diag_indices(m)] = np.sqrt(rng.chisquare(freedom - np.arange(m)))
    root = np.linalg.inv(np.linalg.cholesky(np.linalg.inv(scatter)) @ triangle)
    return np.asarray(root.T @ root)
