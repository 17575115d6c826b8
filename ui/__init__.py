"""The window: draws what the core offers and forwards what people do. Decides nothing."""

from ui.steady_bools import steady_bools

steady_bools()
