package io.sluice.registry;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Written by {@link TokenUseWriter} in plain SQL, read here. */
@Entity(name = "TokenUse")
@Table(name = "device_token_uses")
class TokenUseRow {
    @Id
    @Column(name = "token_id")
    @Nullable
    Long token;

    @Column(name = "used_at")
    @Nullable
    OffsetDateTime usedAt;
}
