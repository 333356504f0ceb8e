package homelab.model;

/**
 * What opens a registry of charts.
 *
 * @param username without a colon, which parts it from the password on the wire (RFC 7617)
 * @param password where the password or token comes from
 */
public record RegistryLogin(String username, SecretSource password) {}
