package app.holdfast.planted.tags;

/// Neither final nor sealed.
public class Open {
}
