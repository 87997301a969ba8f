package io.sluice.access;

/**
 * A person or a script that may look or act.
 *
 * @param passwordHash bcrypt
 */
record Operator(String name, String passwordHash, Role role, long version) {
    @Override
    public String toString() {
        return "Operator[" + name + ", " + role.wireName() + "]";
    }
}
