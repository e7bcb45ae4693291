"""Many reports: on all cores or a cluster, in bounded memory, from and to any place that fsspec knows.

``tabulate`` writes the same tables as :func:`analysis.tabulate`, as folders of Parquet files:

1. ``listing``: what lies there, what each report is called, in batches (one process, names only);
2. ``batches``: a batch of files in, one file of its tables out, named by its content, so that it is read once;
3. ``between``: what crosses reports, as a shuffle in Dask: the same text twice, targets of one report against results
   of another, two values of one thing;
4. ``finishing``: both put together, a Parquet file for each table and batch.
"""

from analysis.corpus.run import Corpus, tabulate

__all__ = ["Corpus", "tabulate"]
