package homelab.ssh;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** With what a door is knocked at, and whose answer is believed, as far as the user's OpenSSH says it. */
record Credentials(Means means) {
    private static final List<String> USUAL_KEYS = List.of("id_ed25519", "id_ecdsa", "id_rsa");

    Door.Identity identity(Optional<SshSettings> settings, String name, String host, String user) {
        List<String> named = settings.map(SshSettings::identityFiles).orElse(List.of());
        List<Path> files = named.isEmpty()
                ? USUAL_KEYS.stream().map(means.home().resolve(".ssh")::resolve).toList()
                : named.stream()
                        .map(file -> SshSettings.path(filled(file, name, host, user), means.home()))
                        .toList();
        boolean only = settings.filter(SshSettings::identitiesOnly).isPresent();
        return new Door.Identity(files, !named.isEmpty(), only, agent(settings));
    }

    /** The tokens of ssh_config(5) that IdentityFile takes and ssh -G leaves in place. */
    private String filled(String file, String name, String host, String user) {
        return file.replace("%d", means.home().toString())
                .replace("%h", host)
                .replace("%n", name)
                .replace("%r", user)
                .replace("%u", System.getProperty("user.name", ""))
                .replace("%%", "%");
    }

    Optional<Path> agent(Optional<SshSettings> settings) {
        Optional<String> said = settings.flatMap(SshSettings::identityAgent);
        if (said.isEmpty() || said.get().equals("SSH_AUTH_SOCK")) {
            return means.agent();
        }
        String socket = said.get();
        if (socket.startsWith("$")) {
            return Optional.ofNullable(means.env().get(socket.replaceAll("[${}]", "")))
                    .map(Path::of);
        }
        return socket.equals("none") ? Optional.empty() : Optional.of(SshSettings.path(socket, means.home()));
    }

    Door.Trust trust(Optional<Path> file, Optional<Boolean> strict, Optional<SshSettings> settings) {
        List<Path> files = new ArrayList<>();
        file.ifPresent(files::add);
        if (files.isEmpty()) {
            settings.ifPresent(found -> files.addAll(found.userKnownHosts(means.home())));
        }
        if (files.isEmpty()) {
            files.add(means.home().resolve(".ssh/known_hosts"));
        }
        settings.ifPresent(found -> files.addAll(found.globalKnownHosts(means.home())));
        return new Door.Trust(
                files, strict.or(() -> settings.map(SshSettings::strict)).orElse(false));
    }
}
