package homelab.lab;

import static homelab.lab.Fault.fails;
import static homelab.lab.Fault.warns;
import static homelab.lab.FaultsOfPods.ROOM;
import static homelab.lab.FaultsOfPods.idle;

import java.util.List;

/** What the API was told: policies, webhooks, secrets, Applications. */
final class FaultsOfPolicies {
    private FaultsOfPolicies() {}

    static List<Fault> all() {
        return List.of(
                warns("SEC-001", "a namespace that says nothing of its pods")
                        .objects("{apiVersion: v1, kind: Namespace, metadata: {name: open}}\n"),
                fails("SEC-003", "a namespace closed by one policy and opened by another")
                        .objects(ROOM + idle("", "") + """
                        ---
                        apiVersion: networking.k8s.io/v1
                        kind: NetworkPolicy
                        metadata: {name: opened, namespace: room}
                        spec: {podSelector: {}, policyTypes: [Ingress], ingress: [{}]}
                        """),
                fails("SEC-004", "a NetworkPolicy that forgets DNS").objects(ROOM + idle("", "") + """
                        ---
                        apiVersion: networking.k8s.io/v1
                        kind: NetworkPolicy
                        metadata: {name: closed, namespace: room}
                        spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
                        """),
                fails("SEC-004", "a load balancer whose pods are closed to the LAN")
                        .objects(ROOM + idle("", "") + """
                        ---
                        apiVersion: v1
                        kind: Service
                        metadata: {name: guest, namespace: room}
                        spec: {type: LoadBalancer, selector: {app: guest}, ports: [{port: 8099, targetPort: 8080}]}
                        """),
                fails("K3S-010", "a webhook whose service is gone").objects("""
                        apiVersion: admissionregistration.k8s.io/v1
                        kind: ValidatingWebhookConfiguration
                        metadata: {name: left-over}
                        webhooks:
                        - name: left-over.example.com
                          admissionReviewVersions: [v1]
                          sideEffects: None
                          failurePolicy: Fail
                          clientConfig: {service: {namespace: default, name: gone, path: /}}
                          rules: [{apiGroups: [example.com], apiVersions: [v1], operations: [CREATE], resources: [things]}]
                        """),
                fails("SEC-009", "an external secret that does not come")
                        .synthetic("the kind is a double, the object says so itself")
                        .objects(kind("external-secrets.io", "v1", "ExternalSecret") + """
                                apiVersion: external-secrets.io/v1
                                kind: ExternalSecret
                                metadata: {name: bank, namespace: default}
                                spec: {refreshInterval: 1h}
                                status:
                                  conditions: [{type: Ready, status: "False", reason: SecretSyncedError, message: no such key}]
                                """),
                fails("SEC-009", "a webhook of external secrets to which packets get lost")
                        .synthetic("the kind is a double, and nobody has the address of its webhook")
                        .objects(kind("external-secrets.io", "v1", "ExternalSecret") + LOST),
                fails("GITOPS-001", "a root Application that manages Argo CD, with the finalizer")
                        .synthetic("the kind is a double, the object says so itself")
                        .objects(application("root", "finalizers: [resources-finalizer.argocd.argoproj.io]", """
                                  resources:
                                  - {group: apps, kind: Deployment, namespace: default, name: argocd-server}
                                  - {group: apiextensions.k8s.io, kind: CustomResourceDefinition, name: applications.argoproj.io}
                                  health: {status: Healthy}
                                """))
                        .on(
                                Lab.SERVER,
                                "true",
                                "k3s kubectl patch application root --type=merge -p '{\"metadata\":{\"finalizers\":null}}'")
                        .beside("GITOPS-003"),
                fails("GITOPS-005", "an Application that is not well")
                        .synthetic("the kind is a double, the object says so itself")
                        .objects(application("web", "labels: {}", "  health: {status: Degraded}\n"))
                        .beside("GITOPS-003"),
                old());
    }

    /** It has an end that says it is ready. */
    private static final String LOST = """
            apiVersion: v1
            kind: Service
            metadata: {name: asked, namespace: default}
            spec: {ports: [{port: 443, targetPort: 10250}]}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: asked-1, namespace: default, labels: {kubernetes.io/service-name: asked}}
            addressType: IPv4
            ports: [{port: 10250, protocol: TCP}]
            endpoints: [{addresses: [192.0.2.9], conditions: {ready: true}}]
            ---
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingWebhookConfiguration
            metadata: {name: asked}
            webhooks:
            - name: asked.example.com
              admissionReviewVersions: [v1]
              sideEffects: None
              failurePolicy: Fail
              timeoutSeconds: 3
              clientConfig: {service: {namespace: default, name: asked, path: /}}
              rules: [{apiGroups: [external-secrets.io], apiVersions: ["*"], operations: [CREATE], resources: [externalsecrets]}]
            """;

    /** A pod of the old make stays, since the rollout is paused. */
    private static Fault old() {
        String web = ROOM + """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, namespace: room}
                spec:
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec:
                      terminationGracePeriodSeconds: 0
                      containers:
                      - {name: web, image: 'busybox:1', command: [sleep, '9999'],
                         resources: {requests: {memory: 8Mi}, limits: {memory: 16Mi}}}
                """;
        return fails("GITOPS-004", "pods that are older than what their Application says")
                .synthetic("the kind is a double; the Deployment is real")
                .objects(application(
                                "web",
                                "labels: {}",
                                "  health: {status: Healthy}\n  resources: [{group: apps, kind: Deployment, namespace: room,"
                                        + " name: web}]\n")
                        + "---\n" + web)
                .on(Lab.SERVER, """
                        k3s kubectl -n room rollout status deployment web --timeout=60s
                        k3s kubectl -n room rollout pause deployment web
                        k3s kubectl -n room set resources deployment web --limits=memory=24Mi
                        """, "true")
                .beside("GITOPS-003");
    }

    /** A kind that takes whatever it is given; what follows is applied once the API knows it. */
    private static String kind(String group, String version, String kind) {
        String plural = kind.toLowerCase(java.util.Locale.ROOT) + "s";
        return """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: PLURAL.GROUP, labels: {homelab.lab/double: "true"}}
                spec:
                  group: GROUP
                  names: {kind: KIND, plural: PLURAL}
                  scope: Namespaced
                  versions:
                  - {name: VERSION, served: true, storage: true,
                     schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}
                ---
                """.replace("PLURAL", plural)
                .replace("GROUP", group)
                .replace("KIND", kind)
                .replace("VERSION", version);
    }

    private static String application(String name, String metadata, String status) {
        return kind("argoproj.io", "v1alpha1", "Application")
                + """
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: {name: NAME, namespace: default, METADATA}
                spec: {source: {path: NAME, targetRevision: main}}
                status:
                  sync: {status: Synced}
                """.replace("NAME", name).replace("METADATA", metadata)
                + status;
    }
}
