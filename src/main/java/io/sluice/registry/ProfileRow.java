package io.sluice.registry;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

@Entity(name = "Profile")
@Table(name = "profiles")
class ProfileRow {
    @Id
    String name = "";

    boolean strict;

    @Column(name = "readings_per_second")
    int readingsPerSecond;

    int burst;

    /** A JSON array of {@link MetricBody}. */
    String metrics = "[]";

    @Version
    long version;
}
