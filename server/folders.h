/* SPDX-License-Identifier: Apache-2.0 */
/* Where the program finds its content when no option says so: beside the program when installed, in the source tree
 * otherwise. */
#ifndef ASKWELL_SERVER_FOLDERS_H
#define ASKWELL_SERVER_FOLDERS_H

/* Never NULL; the text stays valid until the same function is called again. */
const char *folders_dialogues(void);
const char *folders_web(void);
const char *folders_data(
	void); /* $XDG_DATA_HOME/askwell, else ~/.local/share/askwell, else ./data; makes the folders above it */

#endif
