package app.holdfast.desktop.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A few folders of harmless files for the demonstration: notes, tables, and pictures that really can be looked at.
final class SampleTree {

    private static final int PICTURE_SIDE = 48;
    private static final int BITMAP_HEAD_BYTES = 54;

    private SampleTree() {}

    /// @return how many files and folders were made below the top
    static int write(Path top) throws IOException {
        int made = 0;
        for (String trip : new String[] {"2024 Iceland", "2025 Lisbon", "2026 Søndervig"}) {
            made += pictures(top.resolve("Photos").resolve(trip), 12);
        }
        Path papers = top.resolve("Papers");
        for (int month = 1; month <= 9; month++) {
            made += text(papers.resolve("Invoices").resolve("Invoice 2026-0%d.csv".formatted(month)),
                    "item;price\nhosting;12.00\ndomain;%d.00\n".formatted(month + 9));
        }
        made += text(papers.resolve("Letters").resolve("Grüße an Oma.txt"), "Liebe Oma, uns geht es gut.\n");
        made += text(papers.resolve("Letters").resolve("Landlord.txt"), "The tap in the kitchen drips again.\n");
        made += text(papers.resolve("Thesis").resolve("Chapter 1.md"), "# Where files are\n\nMostly elsewhere.\n");
        made += text(papers.resolve("Thesis").resolve("Chapter 2.md"), "# How to find them\n\nAsk.\n");
        made += text(top.resolve("Recipes").resolve("Pancakes.md"), "Flour, milk, eggs, patience.\n");
        made += text(top.resolve("Recipes").resolve("Rugbrød.md"), "Rye, seeds, water, three days.\n");
        made += text(top.resolve("Read me.txt"), "Everything here was made by the demonstration.\n");
        int folders = 9;
        return made + folders;
    }

    private static int pictures(Path folder, int count) throws IOException {
        Files.createDirectories(folder);
        for (int number = 1; number <= count; number++) {
            Files.write(folder.resolve("IMG_%04d.bmp".formatted(1000 + number)), bitmap(number * 20));
        }
        return count;
    }

    private static int text(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, content.getBytes(StandardCharsets.UTF_8));
        return 1;
    }

    /// A Windows bitmap of 24 bits a pixel with a colour gradient; rows are a multiple of four bytes long by the side.
    private static byte[] bitmap(int tint) {
        int pixelBytes = PICTURE_SIDE * PICTURE_SIDE * 3;
        ByteBuffer file = ByteBuffer.allocate(BITMAP_HEAD_BYTES + pixelBytes).order(ByteOrder.LITTLE_ENDIAN);
        file.put((byte) 'B').put((byte) 'M').putInt(BITMAP_HEAD_BYTES + pixelBytes).putInt(0).putInt(BITMAP_HEAD_BYTES);
        file.putInt(40).putInt(PICTURE_SIDE).putInt(PICTURE_SIDE).putShort((short) 1).putShort((short) 24);
        file.putInt(0).putInt(pixelBytes).putInt(2835).putInt(2835).putInt(0).putInt(0);
        for (int y = 0; y < PICTURE_SIDE; y++) {
            for (int x = 0; x < PICTURE_SIDE; x++) {
                file.put((byte) (x * 5)).put((byte) tint).put((byte) (y * 5));
            }
        }
        return file.array();
    }
}
