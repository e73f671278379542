package app.holdfast.core.simulation;

/// What may befall a fleet. Among many runs everything of it is to have happened, or they show less than they claim.
enum Happening {
    GROUPS_LOST, GROUPS_TWICE, GROUPS_LATE, LINK_BROKEN, PARTITION, CLOCK_SKEWED, CLOCK_HOURS_OFF, CRASH,
    CRASH_BEFORE_LOGGING, LOG_LOST, LOG_TURNED_BACK, RESTORED_BACKUP, LATE_JOINER, FORGOTTEN_MEMBER, TAG_DELETED,
    DRIVE_SCANNED, DRIVE_MOVED, DRIVE_PULLED, CLAIM_RACE, CONTENT_READ, DRIVE_COPIED, COPY_PARTED
}
