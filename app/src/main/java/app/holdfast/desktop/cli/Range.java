package app.holdfast.desktop.cli;

import app.holdfast.core.api.Vaults;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A whole number between two others.
abstract sealed class Range implements ITypeConverter<Integer> {

    private final int min;
    private final int max;

    private Range(int min, int max) {
        this.min = min;
        this.max = max;
    }

    @Override
    public final Integer convert(String typed) {
        try {
            int number = Integer.parseInt(typed);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new TypeConversionException("'%s' is not a whole number from %d to %d".formatted(typed, min, max));
    }

    /// Rows in an answer, which is built in memory.
    static final class Limit extends Range {
        Limit() {
            super(0, 100_000);
        }
    }

    /// Stars of a file.
    static final class Stars extends Range {
        Stars() {
            super(0, 5);
        }
    }

    /// For how long an invitation is good; a day at most.
    static final class Minutes extends Range {
        Minutes() {
            super(1, 24 * 60);
        }
    }

    /// Echoes of a ping.
    static final class Echoes extends Range {
        Echoes() {
            super(1, 1_000);
        }
    }

    /// What scrypt costs: 2 to this KiB.
    static final class WorkFactor extends Range {
        WorkFactor() {
            super(0, Vaults.WORK_FACTOR_MAX);
        }
    }

    /// Versions of snapshots that are written.
    static final class SnapshotVersion extends Range {
        SnapshotVersion() {
            super(2, 3);
        }
    }
}
