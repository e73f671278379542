package app.holdfast.desktop;

/// Starts [DragSource] from the class path, where JavaFX refuses a main class of its own kind.
final class DragSourceStart {

    private DragSourceStart() {
    }

    public static void main(String[] words) {
        DragSource.main(words);
    }
}
