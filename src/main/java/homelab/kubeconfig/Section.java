package homelab.kubeconfig;

/** The three lists of a kubeconfig. Each item is {@code {name: ..., <body>: {...}}}. */
enum Section {
    CLUSTERS("clusters", "cluster"),
    CONTEXTS("contexts", "context"),
    USERS("users", "user");

    final String list;
    final String body;

    Section(String list, String body) {
        this.list = list;
        this.body = body;
    }
}
