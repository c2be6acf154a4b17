namespace Kfm.Agent.Codegen.Edits;

/// <summary>What an edit does to its file.</summary>
internal enum EditAction
{
    /// <summary>A text that stands in the file once becomes another one.</summary>
    Replace,

    /// <summary>The file is new.</summary>
    Create,

    /// <summary>The file goes.</summary>
    Delete,

    /// <summary>The file gets another path.</summary>
    Rename,
}
