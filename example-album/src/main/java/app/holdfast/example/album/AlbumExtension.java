package app.holdfast.example.album;

import app.holdfast.core.change.Field;
import app.holdfast.core.change.ForeignKey;
import app.holdfast.core.change.MergeRule;
import app.holdfast.core.change.Model;
import app.holdfast.core.extension.ModelExtension;
import app.holdfast.core.model.Value;
import java.util.Comparator;

/// Declares albums. Found by [java.util.ServiceLoader] through the file in `META-INF/services`.
public final class AlbumExtension implements ModelExtension {

    /// Travels with every album and never changes; the beginning keeps it apart from other people's models.
    static final String ALBUM = "example.album";
    static final String TITLE = "title";
    static final String COVER = "cover";

    private static final int TITLE_CHARACTERS_MAX = 200;

    /// Of two devices, one of which chose a cover while the other took it away, the one that chose wins, whoever was
    /// later: a cover is chosen with care and missed when it is gone, and to take it away again is one click. Of two
    /// that chose, the later one.
    ///
    /// An order, and so a join, as [MergeRule] wants it.
    static final MergeRule CHOSEN_COVER_WINS =
            MergeRule.greatest(Comparator.comparing(version -> version.value() instanceof Value.Ref));

    /// The cover is *optional*: an album whose cover's file is not here, or not any more, is still an album. (A *weak*
    /// key would hide it until the file arrives.)
    @Override
    public Model model() {
        return Model.shared(ALBUM, Field.text(TITLE, TITLE_CHARACTERS_MAX),
                        Field.ref(COVER).merging(CHOSEN_COVER_WINS))
                .with(ForeignKey.optional(COVER, "entry"));
    }
}
