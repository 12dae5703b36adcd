"""The month of a firm, told through the API alone, and compared with figures that the test computes by itself."""
