package app.holdfast.core.volume;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What Linux tells of the hardware under a mount: the kernel's folder of devices, and udev's notes where there is a
/// udev. Any thread; keeps nothing.
///
/// @param devices a folder as `/sys/dev/block`
/// @param notes   a folder as `/run/udev/data`; need not be there
record LinuxMedium(Path devices, Path notes) {

    private static final int TEXT_BYTES_MAX = 1 << 16;
    private static final String SERIAL_SHORT = "E:ID_SERIAL_SHORT=";
    private static final String SERIAL = "E:ID_SERIAL=";
    private static final String KIND = "E:ID_FS_TYPE=";

    /// @param mounted what the table of mounts calls the device, `major:minor`; that of a filesystem over several
    ///                devices is none
    /// @param device  the file of the device, or of the first
    MountedVolume.Medium of(String mounted, Path device, long freeBytes) {
        String number = mounted.startsWith("0:") ? number(device) : mounted;
        if (number.isEmpty()) {
            return new MountedVolume.Medium(mounted, "", false, freeBytes);
        }
        Path entry = real(devices.resolve(number));
        return new MountedVolume.Medium(mounted, serial(number, entry), isRemovable(entry), freeBytes);
    }

    /// The kind of filesystem on a device, such as `exfat`, as udev found it.
    ///
    /// @return empty when it did not
    String fileSystem(String mounted, Path device) {
        return noted(mounted.startsWith("0:") ? number(device) : mounted, KIND);
    }

    private String noted(String number, String key) {
        return text(notes.resolve("b" + number)).lines().filter(line -> line.startsWith(key)).findFirst()
                .map(line -> line.substring(key.length()).strip()).orElse("");
    }

    private static String number(Path device) {
        try {
            long number = (Long) Files.getAttribute(device, "unix:rdev") & 0xFFFFFFFFFFFFL;
            // as the C library packs it: twelve bits of minor around eight or twelve of major
            long major = number >>> 8 & 0xFFF;
            long minor = number & 0xFF | number >>> 12 & 0xFFF00;
            return number == 0 ? "" : major + ":" + minor;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return "";
        }
    }

    private static Path real(Path entry) {
        try {
            return entry.toRealPath();
        } catch (IOException e) {
            return entry;
        }
    }

    private String serial(String number, Path entry) {
        for (String key : List.of(SERIAL_SHORT, SERIAL)) {
            String noted = noted(number, key);
            if (!noted.isEmpty()) {
                return noted;
            }
        }
        Path disk = disk(entry);
        for (String file : List.of("serial", "device/serial", "device/cid")) {
            String serial = text(disk.resolve(file)).strip();
            if (!serial.isEmpty()) {
                return serial;
            }
        }
        return "";
    }

    /// A partition lies in the folder of its disk.
    private static Path disk(Path entry) {
        Path above = entry.getParent();
        return Files.exists(entry.resolve("partition")) && above != null ? above : entry;
    }

    /// Removable media say so; so do cards, and drives behind USB are meant to be unplugged.
    private static boolean isRemovable(Path entry) {
        String place = entry.toString();
        return text(disk(entry).resolve("removable")).startsWith("1") || place.contains("/usb")
                || place.contains("/mmc_host/");
    }

    private static String text(Path file) {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(TEXT_BYTES_MAX), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
