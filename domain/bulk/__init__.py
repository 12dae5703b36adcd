"""Operations on many orders at once: one result per order, each order once."""
