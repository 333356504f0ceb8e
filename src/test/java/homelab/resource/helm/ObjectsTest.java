package homelab.resource.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script itself, with a double of curl that answers as the API does and writes down what it was asked. */
class ObjectsTest {
    private static final String CURL = """
            #!/bin/sh
            while read -r line; do
              url=${line#*6443}; url=${url%'"'}
              echo "$url" >>"$ASKED"
              case $url in
                '/apis/example.com/v1?pretty=false')
                  echo '{"kind":"APIResourceList","resources":[{"name":"gadgets","singularName":"gadget","namespaced":true,"kind":"Gadget","verbs":["get"]},{"name":"worlds","singularName":"world","namespaced":false,"kind":"World","verbs":["get"]}]}'
                  printf '\\n200\\n' ;;
                */gadgets/one*) printf '{"spec":{"size":3}}\\n\\n200\\n' ;;
                *) printf '404 page not found\\n\\n404\\n' ;;
              esac
            done
            """;

    @TempDir
    private Path folder;

    @Test
    void asksTheApiWhereItKeepsWhatOthersDefine() throws Exception {
        Item gadget = item("Gadget", "one");
        Objects objects = ask(List.of(gadget, item("World", "two"), item("Nowhere", "three")));

        assertThat(objects.live(gadget)).isEqualTo(Optional.of(Map.of("spec", Map.of("size", 3))));
        assertThat(Files.readAllLines(folder.resolve("asked")))
                .contains(
                        "/apis/example.com/v1/namespaces/web/gadgets/one?pretty=false&timeout=8s",
                        "/apis/example.com/v1/worlds/two?pretty=false&timeout=8s");
        assertThat(objects.live(item("Nowhere", "three"))).isEmpty();
    }

    private static Item item(String kind, String name) {
        return new Item("example.com/v1", kind, name, "web", Map.of());
    }

    private Objects ask(List<Item> items) throws IOException, InterruptedException {
        return new CurlDouble(folder, CURL).ask(Objects.probe("web/gadget", items));
    }
}
