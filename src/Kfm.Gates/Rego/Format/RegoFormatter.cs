using Kfm.Gates.Rego.Format;
using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego;

/// <summary>
/// The one layout of Rego source, as <c>opa fmt</c> has it where both lay out the same tokens: tabs, one blank line at most, spaces around operators,
/// sorted imports, expressions of a body on lines of their own. Tokens and comments stay as they are, so that the meaning does, and what is laid out
/// once does not change again.
/// </summary>
public static class RegoFormatter
{
    /// <summary>Lays a module out.</summary>
    /// <param name="module">The module.</param>
    /// <param name="v0">Whether it is written in Rego v0.</param>
    /// <returns>The source, with a newline at its end.</returns>
    /// <exception cref="RegoCompileException">The module does not parse.</exception>
    public static string Format(RegoModule module, bool v0 = false)
    {
        ArgumentNullException.ThrowIfNull(module);
        try
        {
            // A body that is broken makes those around it longer than a line: each round settles one level at least.
            var text = Once(module.Path, module.Source, v0);
            for (var next = Once(module.Path, text, v0); next != text; next = Once(module.Path, text, v0))
            {
                text = next;
            }

            return text;
        }
        catch (RegoSyntaxException e)
        {
            throw new RegoCompileException(e.Errors);
        }
    }

    private static string Once(string path, string source, bool v0) => new LayoutWriter(Parser.ParseLayout(path, source, v0)).Write();
}
