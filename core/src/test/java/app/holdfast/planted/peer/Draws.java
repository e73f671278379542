package app.holdfast.planted.peer;

import java.awt.Color;

/// Knows a screen.
public record Draws(Color color) {
}
