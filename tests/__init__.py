"""The whole suite, in rooms that mirror the product's."""
