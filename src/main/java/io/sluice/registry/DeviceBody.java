package io.sluice.registry;

import com.fasterxml.jackson.databind.JsonMappingException;
import io.sluice.platform.FieldErrors;
import io.sluice.platform.RequestFields;
import org.jspecify.annotations.Nullable;

/**
 * A device as a caller writes it.
 *
 * @param id needed to create; to replace, absent or the path's
 * @param name for people, at most 200 characters; absent: the id
 * @param group absent: none
 * @param profile absent: {@code default}
 * @param enabled absent: true
 */
record DeviceBody(
        @Nullable String id,
        @Nullable String name,
        @Nullable String group,
        @Nullable String profile,
        @Nullable Boolean enabled) {
    private static final int MAX_NAME = 200;

    static DeviceBody read(RequestFields fields) throws JsonMappingException {
        return new DeviceBody(
                fields.text("id"),
                fields.text("name"),
                fields.text("group"),
                fields.text("profile"),
                fields.flag("enabled"));
    }

    FieldErrors check() {
        FieldErrors errors = new FieldErrors();
        IdentifierRule.check(errors, id, "id");
        if (name != null) {
            errors.check(
                    name.length() <= MAX_NAME && name.chars().noneMatch(Character::isISOControl),
                    "name",
                    "must be at most " + MAX_NAME + " characters without control characters");
        }
        if (group != null) {
            IdentifierRule.check(errors, group, "group");
        }
        if (profile != null) {
            IdentifierRule.check(errors, profile, "profile");
        }
        return errors;
    }

    DeviceBody withId(String newId) {
        return new DeviceBody(newId, name, group, profile, enabled);
    }

    String profileOrDefault() {
        return profile == null ? ProfileBody.DEFAULT_NAME : profile;
    }

    void copyTo(DeviceRow row) {
        row.name = name == null || name.isBlank() ? row.id : name;
        row.groupName = group;
        row.profile = profileOrDefault();
        row.enabled = enabled == null || enabled;
    }
}
