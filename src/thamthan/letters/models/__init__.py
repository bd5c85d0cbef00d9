"""None"""


__all__ = [,]
