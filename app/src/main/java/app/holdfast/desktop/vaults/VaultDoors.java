package app.holdfast.desktop.vaults;

import app.holdfast.core.api.Vaults;
import java.util.concurrent.Executor;

/// How the window reaches vaults.
///
/// @param listed     keeps the library's list up to date
/// @param aside      leaves no trace there: for snapshots that are only looked at
/// @param background runs files and derivations, many at once
/// @param workFactor of vaults that are made here, 0 to [Vaults#WORK_FACTOR_MAX]
public record VaultDoors(Vaults listed, Vaults aside, Executor background, int workFactor) {}
