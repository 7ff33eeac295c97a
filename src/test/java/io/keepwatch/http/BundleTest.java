package io.keepwatch.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BundleTest {
    @Test
    void modules_are_joined_once_each_with_what_they_import_first() {
        String text = Bundle.script("app.js", Map.of("app.js", """
                        import { html, render as draw } from './vendor/view.js';
                        import { Page } from './pages/page.js';
                        import { get } from './parts/api.js';
                        draw(html`${Page}`, get);
                        """, "pages/page.js", """
                        import { get } from '../parts/api.js';
                        export const Page = async () => (await import('../vendor/plot.js')).default(get);
                        """, "parts/api.js", """
                        const BASE = 'api/';
                        export async function get(path) { return fetch(BASE + path); }
                        export class Problem extends Error {}
                        """));
        assertThat(text).isEqualTo("""
                        import * as vendor_view_js from './vendor/view.js';

                        // parts/api.js
                        const parts_api_js = (() => {
                        const BASE = 'api/';
                        async function get(path) { return fetch(BASE + path); }
                        class Problem extends Error {}
                        return { get, Problem };
                        })();

                        // pages/page.js
                        const pages_page_js = (() => {
                        const { get } = parts_api_js;
                        const Page = async () => (await import('./vendor/plot.js')).default(get);
                        return { Page };
                        })();

                        // app.js
                        const app_js = (() => {
                        const { html, render: draw } = vendor_view_js;
                        const { Page } = pages_page_js;
                        const { get } = parts_api_js;
                        draw(html`${Page}`, get);
                        })();
                        """);
    }

    @Test
    void sheets_stand_in_place_of_the_rules_that_import_them() {
        String text = Bundle.sheet(
                "style.css",
                Map.of(
                        "style.css", "@import url('style/a.css');\n@import url('style/b.css');\n",
                        "style/a.css", "a { color: \\$1 }\n",
                        "style/b.css", "b {}\n"));
        assertThat(text).isEqualTo("a { color: \\$1 }\n\nb {}\n\n");
    }

    @Test
    void what_cannot_be_joined_is_refused_with_its_line() {
        assertThatThrownBy(() -> Bundle.script("app.js", Map.of("app.js", "export default 1;")))
                .hasMessage("app.js: cannot be joined with the other modules: export default 1;");
        assertThatThrownBy(() -> Bundle.script("app.js", Map.of("app.js", "import { a } from './b.js';")))
                .hasMessage("b.js is imported by the dashboard, but is not in the program's jar");
        assertThatThrownBy(() -> Bundle.script(
                        "app.js",
                        Map.of(
                                "app.js", "import { a, bee as b } from './b.js';",
                                "b.js", "export const a = 1;\nconst bee = 2;\n")))
                .hasMessage("app.js imports bee from b.js, which exports no such name");
        Map<String, String> circle = Map.of(
                "a.js", "import { b } from './b.js';\nexport const a = 1;\n",
                "b.js", "import { a } from './a.js';\nexport const b = 2;\n");
        assertThatThrownBy(() -> Bundle.script("a.js", circle))
                .hasMessage("a.js imports itself by way of [a.js, b.js]");
    }
}
