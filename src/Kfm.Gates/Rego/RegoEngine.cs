using Kfm.Gates.Rego.Compile;

namespace Kfm.Gates.Rego;

/// <summary>The entry of the Rego engine (OPA's policy language, v1 and v0).</summary>
public static class RegoEngine
{
    /// <summary>Compiles a policy set.</summary>
    /// <param name="modules">The modules; their order does not matter.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <exception cref="RegoCompileException">The modules do not parse or compile; it holds all errors found.</exception>
    public static CompiledPolicy Compile(IEnumerable<RegoModule> modules, RegoOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(modules);
        return PolicyCompiler.Compile([.. modules], options ?? new RegoOptions());
    }
}
