package io.sluice.registry;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import org.jspecify.annotations.Nullable;

@Entity(name = "Device")
@Table(name = "devices")
class DeviceRow {
    @Id
    String id = "";

    String name = "";

    @Column(name = "group_name")
    @Nullable
    String groupName;

    String profile = "";

    boolean enabled;

    @Version
    long version;
}
