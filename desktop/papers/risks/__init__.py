"""What the recogniser of risks is made of: numbers and scores as they are spelt, registers, pages of one risk."""
