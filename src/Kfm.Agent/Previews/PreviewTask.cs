namespace Kfm.Agent.Previews;

/// <summary>Work that is done once, when it is first asked for.</summary>
internal sealed class PreviewTask<T>(Func<Task<T>> work)
{
    private readonly Lazy<Task<T>> _task = new(work);

    public Task<T> Value => _task.Value;

    /// <summary>Waits for the end of work that was asked for, however it ends.</summary>
    public Task SettleAsync() => _task.IsValueCreated
        ? _task.Value.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default)
        : Task.CompletedTask;
}
