package app.holdfast.core.change.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CborReaderTest {

    @Test
    void wholeNumbersAreReadAtEveryWidth() throws CborException {
        long[] numbers = {0, 23, 24, 255, 256, 65_535, 65_536, 0xffff_ffffL, 0x1_0000_0000L, Long.MAX_VALUE, -1, -24,
                -25, -256, -257, Long.MIN_VALUE};
        for (long number : numbers) {
            var reader = new CborReader(new CborWriter().whole(number).toBytes());

            long read = reader.whole();

            assertThat(read).isEqualTo(number);
            reader.end();
        }
    }

    /// RFC 8949, appendix A.
    @Test
    void bytesAreThoseOfTheStandard() {
        assertThat(hex(new CborWriter().whole(1_000_000_000_000L))).isEqualTo("1b000000e8d4a51000");
        assertThat(hex(new CborWriter().whole(-1_000))).isEqualTo("3903e7");
        assertThat(hex(new CborWriter().real(1.1))).isEqualTo("fb3ff199999999999a");
        assertThat(hex(new CborWriter().text("\u6c34"))).isEqualTo("63e6b0b4");
        assertThat(hex(new CborWriter().bytes(new byte[] {1, 2, 3, 4}))).isEqualTo("4401020304");
        assertThat(hex(new CborWriter().array(3).whole(1).flag(true).nothing())).isEqualTo("8301f5f6");
        assertThat(hex(new CborWriter().uuid(new UUID(1, 2)))).isEqualTo("d825" + "50" + "0000000000000001"
                + "0000000000000002");
    }

    @Test
    void numbersInALongerFormThanNeededAreRefused() {
        for (String longer : new String[] {"1817", "1900ff", "1a0000ffff", "1b00000000ffffffff", "3817"}) {
            assertThatExceptionOfType(CborException.class).isThrownBy(() -> reader(longer).whole())
                    .withMessage("byte 0: a number that is not in its shortest form");
        }
    }

    @Test
    void openEndedAndReservedLengthsAreRefused() {
        assertThatExceptionOfType(CborException.class).isThrownBy(() -> reader("9fff").array());
        assertThatExceptionOfType(CborException.class).isThrownBy(() -> reader("5f4100ff").bytes());
        assertThatExceptionOfType(CborException.class).isThrownBy(() -> reader("1c").whole());
    }

    @Test
    void numbersOfMoreThan63BitsAreRefused() {
        assertThatExceptionOfType(CborException.class).isThrownBy(() -> reader("1bffffffffffffffff").whole());
        assertThatExceptionOfType(CborException.class).isThrownBy(() -> reader("3b8000000000000000").whole());
    }

    @Test
    void lengthsBeyondTheInputAreRefusedBeforeAnythingIsAllocated() {
        assertThatExceptionOfType(CborException.class).isThrownBy(() -> reader("5b7fffffffffffffff00").bytes())
                .withMessage("byte 0: 9223372036854775807 bytes announced, 1 left");
        assertThatExceptionOfType(CborException.class).isThrownBy(() -> reader("9a7fffffff00").array());
    }

    @Test
    void textThatIsNotUtf8IsRefusedAndAReplacementCharacterIsNot() throws CborException {
        assertThatExceptionOfType(CborException.class).isThrownBy(() -> reader("62c328").text());
        assertThatExceptionOfType(CborException.class).isThrownBy(() -> reader("63eda080").text());
        assertThat(reader("63efbfbd").text()).isEqualTo("\uFFFD");
    }

    @Test
    void anotherNanThanOursIsRefused() throws CborException {
        assertThat(reader("fb7ff8000000000000").real()).isNaN();
        assertThatExceptionOfType(CborException.class).isThrownBy(() -> reader("fb7ff8000000000001").real());
    }

    private static CborReader reader(String hex) {
        return new CborReader(HexFormat.of().parseHex(hex));
    }

    private static String hex(CborWriter writer) {
        return HexFormat.of().formatHex(writer.toBytes());
    }
}
