package app.holdfast.desktop;

/// How large the window is when it opens, and how small it may be made: never beyond the screen, so that its edges and
/// its bar can be reached on a small or much enlarged one, which not every window system sees to. In pixels of the
/// scene, which are larger than those of an enlarged screen. Immutable.
///
/// @param width the width when it opens
/// @param height the height when it opens
/// @param widthMin the least width that the person can give it
/// @param heightMin the least height
record WindowSize(double width, double height, double widthMin, double heightMin) {

    private static final WindowSize WANTED = new WindowSize(1280, 800, 960, 640);

    /// What the window takes, edges and title included, of a screen's free area of the size given.
    static WindowSize on(double width, double height) {
        return new WindowSize(Math.min(WANTED.width, width), Math.min(WANTED.height, height),
                Math.min(WANTED.widthMin, width), Math.min(WANTED.heightMin, height));
    }

    /// Whether a screen gave less than the window wants.
    boolean isOfScreen() {
        return width < WANTED.width || height < WANTED.height;
    }
}
