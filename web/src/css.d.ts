// SPDX-License-Identifier: Apache-2.0
declare module "*.css?url" {
  const address: string;
  export default address;
}
