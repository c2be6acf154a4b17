namespace Kfm.Agent.Intents;

internal static partial class IntentTable
{
    private const string Interfaces = """
        api, apis, endpoint*, interface*, signature, breaking, deprecat*, protocol, contract*, graphql, grpc, openapi, swagger, webhook*, query parameter*, status code*, response*, overload*, sdk, client library, public class|method|member*|type*, return type*, callback*, extension point*, extension method*
        """;

    private const string Faults = """
        crash*, freez*, hang, hangs, deadlock*, race condition*, leak*, throws, exception*, nullreference*, stack trace*, regression*, bug, bugs, does not open|load|start|work|close|save|show, doesn't open|load|start|work, doesn t open|load|start|work, drops the, flicker*, off by one, off-by-one, one pixel,
        renders .. wrong*, shows .. wrong*, makes .. throw*, make .. throw*, memory grows, out of memory, overflows, underflow, infinite loop, division by zero, is ignored, isn't honoured, break* the, breaks
        """;

    private const string ProgramParts = """
        settings|options|preferences|configuration|config page|dialog|screen|form|panel|pane|view|wizard|window|editor, search to, search box, tolerant search, add|build|create|implement|make|introduce|write .. button|dialog|wizard|generator|panel|pane|toggle|command to|preview, form field*,
        comment|comments field|box|pane|thread*|feed|section, outline view, document outline, document viewer|editor, generate .. documents|documentation, documentation|docs|document|changelog|readme generator|viewer|parser|preview|widget|search, in the app,
        loader, compiler, in the editor, unit tests, validation of, wizard, typo-tolerant, spell-check* .. input, spell check* .. input
        """;
}
