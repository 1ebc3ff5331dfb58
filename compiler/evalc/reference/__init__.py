"""What evalc says of itself: every word of the language, check, rule, finding and target, from the code that has it."""
