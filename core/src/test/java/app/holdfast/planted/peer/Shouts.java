package app.holdfast.planted.peer;

/// Writes on standard output.
public final class Shouts {

    void shout() {
        System.out.println("!");
    }
}
