package app.holdfast.desktop.memory;

import app.holdfast.core.api.DeviceRow;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.LocationRow;
import app.holdfast.core.api.SyncStatus;
import app.holdfast.core.api.TagColor;
import app.holdfast.core.model.TagId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// Maren's library, for pictures and for tests that want a full house: four devices, five locations, a tree of tags.
public final class Maren {

    public final LocationRow documents;
    public final LocationRow photos;
    public final LocationRow archive;
    public final LocationRow projects;
    public final EntryRow iceland;
    public final EntryRow waterfall;
    public final EntryRow drone;
    public final TagId clients;
    public final TagId family;
    public final TagId icelandTag;
    public final TagId invoice;
    public final TagId review;

    public Maren(MemoryLibrary library) {
        MemoryFiles files = new MemoryFiles(library);
        files.name("Maren’s library");
        files.syncState(SyncStatus.State.READY);
        DeviceRow laptop = files.self("maren-laptop");
        DeviceRow studio = files.online(2, "studio-pc", 0);
        DeviceRow nas = files.online(3, "attic-nas", 1_204);
        DeviceRow thinkpad = files.away(4, "old-thinkpad", Instant.parse("2026-11-03T18:42:00Z"), 8_316);
        documents = files.location(MemoryFiles.locationId(1), "Documents", laptop,
                Optional.of(Path.of("/home/maren/Documents")), 84_210);
        photos = files.location(MemoryFiles.locationId(2), "Photos", studio, Optional.empty(), 312_904);
        projects = files.location(MemoryFiles.locationId(3), "Projects", laptop,
                Optional.of(Path.of("/home/maren/Projects")), 67_500);
        archive = files.location(MemoryFiles.locationId(4), "Archive 2019–23", thinkpad, Optional.empty(), 41_900);
        files.location(MemoryFiles.locationId(5), "Music", nas, Optional.empty(), 58_331);
        files.scanning(projects, 41_877);
        clients = files.tag(1, "Clients", Optional.empty(), TagColor.BLUE);
        TagId fjord = files.tag(2, "Fjord & Co", Optional.of(clients), TagColor.BLUE);
        files.tag(3, "Nordlicht", Optional.of(clients), TagColor.BLUE);
        family = files.tag(4, "Family", Optional.empty(), TagColor.PINK);
        icelandTag = files.tag(5, "Iceland", Optional.of(family), TagColor.TEAL);
        invoice = files.tag(6, "Invoice", Optional.empty(), TagColor.GREEN);
        files.tag(7, "Keep", Optional.empty(), TagColor.PURPLE);
        review = files.tag(8, "To review", Optional.empty(), TagColor.YELLOW);
        EntryRow year = files.folder(photos, Optional.empty(), "2026", "2026-11-02");
        iceland = files.folder(photos, Optional.of(year), "Iceland", "2026-11-02");
        waterfall = fill(files);
        drone = files.file(archive, Optional.empty(), "Jökulsárlón drone 4K.mp4", 3_810_000_000L, "2026-06-19");
        files.put(icelandTag, drone);
        EntryRow letter = files.file(documents, Optional.empty(), "Letter to the landlord.odt", 24_000, "2026-10-30");
        files.put(fjord, letter);
        files.file(documents, Optional.empty(), "Packing list.md", 4_000, "2026-05-22");
    }

    private EntryRow fill(MemoryFiles files) {
        Optional<EntryRow> in = Optional.of(iceland);
        files.folder(photos, in, "01 Reykjavík", "2026-06-14");
        files.folder(photos, in, "02 South coast", "2026-06-17");
        files.put(review, files.folder(photos, in, "Selects for print", "2026-11-02"));
        EntryRow dawn = files.file(photos, in, "Skógafoss at dawn.jpg", 18_400_000, "2026-06-16");
        files.put(icelandTag, dawn);
        files.put(family, dawn);
        EntryRow raw = files.file(photos, in, "Skógafoss at dawn.CR3", 41_200_000, "2026-06-16");
        files.put(icelandTag, raw);
        files.put(icelandTag, files.file(photos, in, "Vík, black sand 0141.jpg", 12_900_000, "2026-06-17"));
        files.file(photos, in, "Vík, black sand 0142.jpg", 13_100_000, "2026-06-17");
        files.file(photos, in, "Ring road.gpx", 284_000, "2026-06-20");
        files.put(family, files.file(photos, in, "Itinerary.pdf", 1_100_000, "2026-05-28"));
        files.put(invoice, files.file(photos, in, "Ferry receipt.pdf", 212_000, "2026-05-30"));
        EntryRow expenses = files.file(photos, in, "Expenses Iceland.xlsx", 96_000, "2026-07-01");
        for (TagId tag : new TagId[] {invoice, review, clients, family, icelandTag}) {
            files.put(tag, expenses);
        }
        files.file(photos, in, "Voice memo, geyser.m4a", 6_300_000, "2026-06-15");
        files.put(review, files.file(photos, in, "Contact sheet, selects.pdf", 24_000_000, "2026-11-02"));
        files.file(photos, in, "Originals, card A.zip", 28_600_000_000L, "2026-06-21");
        files.put(icelandTag, files.file(photos, in, "Reykjavík harbour 0007.jpg", 11_700_000, "2026-06-14"));
        for (int i = 8; i < 40; i++) {
            files.file(photos, in, "Reykjavík harbour %04d.jpg".formatted(i), 11_900_000 + i * 10_000L, "2026-06-14");
        }
        return dawn;
    }
}
