"""Operations on many rows at once: one result per row, each row once."""
