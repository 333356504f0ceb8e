package homelab.command;

import java.io.IOException;
import java.util.List;

/** What {@code init} asks whoever sits at the terminal and gave no options. An empty answer takes what stands in brackets. */
record InitQuestions(Io io) {

    /**
     * @param from a server of the cluster that is there; empty when there is none
     * @param hosts as {@code --hosts} takes them; empty when there is a cluster
     */
    record Answers(String from, List<String> hosts, String user, String cluster) {}

    Answers ask(String user, String cluster) {
        io.err().println("An inventory is written after what your hosts say; nothing on them is touched.");
        String from = said("A server of the k3s cluster that you have, [USER@]ADDRESS; nothing for none", "");
        String hosts = from.isEmpty()
                ? said("Hosts: addresses, networks (10.0.1.0/24) or known_hosts, with commas", "known_hosts")
                : "";
        String login = from.isEmpty() ? said("Their login", user) : user;
        String name = said("The cluster's name", cluster);
        return new Answers(from, hosts.isEmpty() ? List.of() : List.of(hosts.split("[,\\s]+")), login, name);
    }

    private String said(String question, String usual) {
        io.err().print(question + (usual.isEmpty() ? "" : " [" + usual + "]") + ": ");
        io.err().flush();
        try {
            String answer = io.in().readLine();
            return answer == null || answer.isBlank() ? usual : answer.strip();
        } catch (IOException e) {
            return usual;
        }
    }
}
