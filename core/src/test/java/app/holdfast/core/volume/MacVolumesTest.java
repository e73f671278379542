package app.holdfast.core.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What `diskutil info -plist` says, as Apple documents it.
class MacVolumesTest {

    private static final String SAID = """
            <?xml version="1.0" encoding="UTF-8"?>
            <plist version="1.0"><dict>
              <key>DeviceNode</key><string>/dev/disk4s1</string>
              <key>Ejectable</key><true/>
              <key>FilesystemType</key><string>exfat</string>
              <key>RemovableMediaOrExternalDevice</key><true/>
              <key>Size</key><integer>64021856256</integer>
              <key>VolumeName</key><string>Backup &amp; more</string>
              <key>VolumeUUID</key><string>0D5FCB1A-32F2-4A34-9D1C-6C1B8B0F4A21</string>
            </dict></plist>""";

    private final MountedVolume plain = new MountedVolume(Path.of("/Volumes/Backup"), Path.of("/"), "", "disk4s1",
            "Backup", "", 64_000_000_000L, false, new MountedVolume.Medium("disk4s1:", "", false, 5));

    @Test
    void aDriveIsDescribedByTheSystem() {
        MountedVolume volume = MacVolumes.describe(plain, MacVolumes.values(SAID));

        assertThat(volume.label()).isEqualTo("Backup & more");
        assertThat(volume.fsUuid()).isEqualTo("0D5FCB1A-32F2-4A34-9D1C-6C1B8B0F4A21");
        assertThat(volume.fileSystem()).isEqualTo("exfat");
        assertThat(volume.medium()).isEqualTo(new MountedVolume.Medium("/dev/disk4s1", "", true, 5));
        assertThat(volume.isDrive()).isTrue();
    }

    @Test
    void whatIsNotSaidStaysAsItWas() {
        MountedVolume volume = MacVolumes.describe(plain, MacVolumes.values("no list at all"));

        assertThat(volume).isEqualTo(plain);
        assertThat(MacVolumes.values("")).isEqualTo(Map.of());
    }
}
