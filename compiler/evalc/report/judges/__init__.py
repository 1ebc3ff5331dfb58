"""How far judges agree: with people, with each other, and with themselves."""
