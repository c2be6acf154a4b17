namespace Kfm.Testing.GitHub;

/// <summary>A request that the server has got.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path with its query.</param>
/// <param name="Authorization">The header of that name, or null.</param>
/// <param name="Body">The body as text.</param>
public sealed record FakeRequest(string Method, string Path, string? Authorization, string Body)
{
    /// <summary>Method and path without the query.</summary>
    public string Name => Method + " " + Path.Split('?')[0];
}
