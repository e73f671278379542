package app.holdfast.planted.peer;

/// Neither final nor sealed.
public class Open {
}
