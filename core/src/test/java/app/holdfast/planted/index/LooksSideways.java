package app.holdfast.planted.index;

import app.holdfast.planted.sync.Neighbour;

/// Imports from its own floor.
public record LooksSideways(Neighbour neighbour) {
}
