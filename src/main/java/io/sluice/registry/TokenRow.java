package io.sluice.registry;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

@Entity(name = "DeviceToken")
@Table(name = "device_tokens")
class TokenRow {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable
    Long id;

    @Column(name = "device_id")
    String deviceId = "";

    /** SHA-256. */
    byte[] hash = new byte[0];

    @Column(name = "created_at")
    OffsetDateTime createdAt = OffsetDateTime.now(ZoneOffset.UTC);

    @Column(name = "expires_at")
    @Nullable
    OffsetDateTime expiresAt;

    @Column(name = "revoked_at")
    @Nullable
    OffsetDateTime revokedAt;

    boolean isLive(OffsetDateTime now) {
        return (expiresAt == null || expiresAt.isAfter(now)) && (revokedAt == null || revokedAt.isAfter(now));
    }

    static TokenRow of(String device, DeviceToken token) {
        TokenRow row = new TokenRow();
        row.deviceId = device;
        row.hash = token.hash().toDigest();
        return row;
    }
}
