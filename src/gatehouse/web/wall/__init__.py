"""The wall of a control room: one page, without hands, read from four metres away."""
