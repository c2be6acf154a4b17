namespace Kfm.Agent.Previews;

/// <summary>What keeps the commands of a repository away from the machine; stronger kinds have greater values.</summary>
public enum IsolationKind
{
    /// <summary>Nothing: the command has the rights of the user.</summary>
    None,

    /// <summary>Linux namespaces, set up with the tools of util-linux.</summary>
    Namespaces,

    /// <summary>Linux namespaces, set up by bubblewrap.</summary>
    Bubblewrap,
}
