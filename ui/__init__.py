"""The window: draws what the core offers and forwards what people do. Decides nothing."""
