package app.holdfast.planted.model;

/// A noun with a field that changes.
public final class ChangingNoun {

    private int size;

    void grow() {
        size++;
    }

    int size() {
        return size;
    }
}
