package app.holdfast.core.change;

import app.holdfast.core.clock.Author;

/// The name of one event: its author and that author's own gap-free count.
///
/// @param sequence 1 for an author's first event; deletes count too (R3)
public record Dot(Author author, long sequence) implements Comparable<Dot> {

    @Override
    public int compareTo(Dot other) {
        int byAuthor = author.compareTo(other.author);
        return byAuthor != 0 ? byAuthor : Long.compare(sequence, other.sequence);
    }
}
