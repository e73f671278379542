package app.holdfast.planted.tags;

/// Writes on standard output.
public final class Shouts {

    void shout() {
        System.out.println("!");
    }
}
