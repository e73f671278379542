package app.holdfast.core.sync.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.holdfast.core.change.cbor.CborException;
import app.holdfast.core.change.cbor.CborReader;
import app.holdfast.core.change.cbor.CborWriter;
import app.holdfast.core.model.Value;
import org.junit.jupiter.api.Test;

class ColumnsTest {

    private static final Value[] FLAGS = {new Value.Flag(true), new Value.Flag(false)};

    private static Value[] read(byte[] column) throws CborException {
        byte[] item = new CborWriter().bytes(column).toBytes();
        return Columns.values(new ColumnReader(item, new CborReader(item)), FLAGS.length);
    }

    @Test
    void aFlagIsAZeroOrAOneAndNothingElse() throws Exception {
        byte[] column = Columns.values(FLAGS);

        assertThat(read(column)).containsExactly(FLAGS);
        column[2] = 2;

        assertThatThrownBy(() -> read(column)).isInstanceOf(CborException.class)
                .hasMessage("byte 3: a flag that is neither 0 nor 1: 2");
    }
}
