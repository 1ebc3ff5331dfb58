"""How judges are measured, and what people say of them, on a terminal."""
