"""How templates show words and numbers."""
