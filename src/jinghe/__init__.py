"""jinghe (竞合): a regional compact written once, as data; simulated, operated and evaluated."""

__version__ = "0.1.0"
__all__ = ["__version__"]
